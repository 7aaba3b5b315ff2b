package dev.loomsocket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Those of the objects handed over to an application that have an end. */
final class Closeables {
  private static final Logger LOG = System.getLogger("dev.loomsocket");

  private final List<Object> added;

  /** Of these objects, which are in the order in which they were handed over. */
  Closeables(List<Object> added) {
    this.added = List.copyOf(added);
  }

  /** Closes them, the last one first; whatever one of them does, the others are closed too. */
  void close() {
    Set<Object> closed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Object object : added.reversed()) {
      if (object instanceof AutoCloseable service && closed.add(service)) {
        close(service);
      }
    }
  }

  private static void close(AutoCloseable service) {
    try {
      service.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      LOG.log(Level.WARNING, service.getClass().getName() + " could not be closed", e);
    }
  }
}
