/**
 * Templates on the class path: the only package that touches Mustache.java, which may be absent.
 */
@NullMarked
package dev.loomsocket.template;

import org.jspecify.annotations.NullMarked;
