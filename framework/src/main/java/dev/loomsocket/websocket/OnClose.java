package dev.loomsocket.websocket;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that is called exactly once, last, when a connection whose {@link OnOpen} was
 * entered has ended, for whatever cause. The session has left its rooms by then.
 *
 * <p>Parameters, in any order, all optional: {@link CloseStatus}, {@link Session}, {@link
 * PathParam}. It returns void.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnClose {}
