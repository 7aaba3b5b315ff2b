/** Finds endpoint classes, checks their signatures and makes the invokers that call them. */
@NullMarked
package dev.loomsocket.binding;

import org.jspecify.annotations.NullMarked;
