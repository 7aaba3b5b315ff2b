/** JSON text to values and back: the only package that touches Jackson. */
@NullMarked
package dev.loomsocket.json;

import org.jspecify.annotations.NullMarked;
