package jakarta.websocket;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for the annotation of the Jakarta API in tests of wrong imports. */
@Retention(RetentionPolicy.RUNTIME)
public @interface OnMessage {}
