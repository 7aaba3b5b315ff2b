package dev.loomsocket;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Says why a server cannot listen on its address, and where another one is chosen. */
final class ListenFailure {
  private final App app;
  private final Configuration configuration;
  private final InetSocketAddress address;

  ListenFailure(App app, Configuration configuration, InetSocketAddress address) {
    this.app = app;
    this.configuration = configuration;
    this.address = address;
  }

  String because(Exception e) {
    String host = address.getHostString();
    if (address.isUnresolved()) {
      return "The address " + host + " is unknown: choose another one " + withHost() + ".";
    }
    String reason = String.valueOf(e.getMessage());
    if (e instanceof BindException && reason.contains("in use")) {
      return "Port "
          + address.getPort()
          + " on "
          + host
          + " is in use: stop the program that has it, or choose another port "
          + withPort()
          + ".";
    }
    return "Cannot listen on port "
        + address.getPort()
        + " of "
        + host
        + " ("
        + reason
        + "): choose another port "
        + withPort()
        + ", or another address "
        + withHost()
        + ".";
  }

  private String withPort() {
    return app.port == null ? with(Setting.PORT) : "in app.port(" + app.port + ")";
  }

  private String withHost() {
    return app.host == null ? with(Setting.HOST) : "in app.host(\"" + app.host + "\")";
  }

  /** The place that the value came from, and the command line, which wins over the others. */
  private String with(Setting setting) {
    String argument = "--" + setting;
    Optional<String> source = configuration.value(setting).map(Configuration.Value::source);
    if (source.isEmpty()) {
      return "with " + argument + " or LOOMSOCKET_" + setting.name();
    }
    return "with " + source.filter(argument::equals).orElse(source.get() + " or " + argument);
  }
}
