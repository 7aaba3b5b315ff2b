package jakarta.websocket.server;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for the annotation of the Jakarta API in tests of wrong imports. */
@Retention(RetentionPolicy.RUNTIME)
public @interface PathParam {
  /** The name. */
  String value();
}
