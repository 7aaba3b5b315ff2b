/** What {@code main} uses: it wires everything together. */
@NullMarked
package dev.loomsocket;

import org.jspecify.annotations.NullMarked;
