package dev.loomsocket.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A row of the conformance table.
 *
 * <p>A row stands for many cases if a set of numbers like {@code {0..999,1004}} occurs in what is
 * sent: one for each, and {@code {}} is the same number in what comes back.
 *
 * @param id its number; what stands before the first dot is the chapter's
 * @param what it shows, for people
 * @param setting to whom it speaks
 * @param sent in the notation of {@link Script}
 * @param chops how the bytes are cut: {@code whole}, {@code frames}, or pieces of so many bytes;
 *     {@code /2}: whole, but the message is in fragments of two bytes; several ways are tried one
 *     after the other; {@code once}: whole, and so large that the ordinary build does it once over
 *     a socket and once through the core
 * @param comesBack in the same notation, as {@link Opcodes#replies} reads it
 * @param end {@code open}: the connection is as good as before; {@code closed}: the last frame that
 *     comes back is a Close and the end; {@code fails 1002}: a Close with that code and the end
 */
record Row(
    String id,
    String what,
    Setting setting,
    String sent,
    List<String> chops,
    String comesBack,
    String end) {
  private static final Pattern SET = Pattern.compile("\\{([0-9.,]+)}");
  private static final List<String> USUAL_CHOPS = List.of("whole", "1");

  /** The row with these columns. */
  static Row of(Setting setting, String line) {
    String[] columns = line.split("\\|", -1);
    if (columns.length != 6) {
      throw new IllegalArgumentException("a row has six columns: " + line);
    }
    String[] cells = Stream.of(columns).map(String::strip).toArray(String[]::new);
    List<String> chops = cells[3].isEmpty() ? USUAL_CHOPS : List.of(cells[3].split(" +"));
    return new Row(cells[0], cells[1], setting, cells[2], chops, cells[4], cells[5]);
  }

  /** True if it takes long. */
  boolean isHeavy() {
    return chops.contains("once");
  }

  int chapter() {
    return Integer.parseInt(id.substring(0, id.indexOf('.')));
  }

  /** True if the same can be asked of an endpoint that reads messages while they arrive. */
  boolean hasStreamedTwin() {
    return Echoes.ALL.containsKey(setting.streamed().path());
  }

  /** All cases that this row stands for, cut in one of its ways. */
  List<Exchange> exchanges(String way) {
    Matcher set = SET.matcher(sent);
    if (!set.find()) {
      return List.of(exchange(inFragments(way), comesBack));
    }
    return numbers(set.group(1)).mapToObj(number -> exchange(way, number, set.group())).toList();
  }

  /** As many of the cases as a socket has time for: a few, the first and the last among them. */
  List<Exchange> samples(String way) {
    Matcher set = SET.matcher(sent);
    if (!set.find()) {
      return exchanges(way);
    }
    int[] all = numbers(set.group(1)).toArray();
    return IntStream.of(0, all.length / 3, all.length * 2 / 3, all.length - 1)
        .distinct()
        .mapToObj(i -> exchange(way, all[i], set.group()))
        .toList();
  }

  /** How many cases this row stands for. */
  int size() {
    Matcher set = SET.matcher(sent);
    return set.find() ? (int) numbers(set.group(1)).count() : 1;
  }

  private static IntStream numbers(String set) {
    return Arrays.stream(set.split(","))
        .map(part -> part.split("\\.\\."))
        .flatMapToInt(ends ->
            IntStream.rangeClosed(
                Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])));
  }

  private String inFragments(String way) {
    return way.startsWith("/") ? sent.replace("text(", "text" + way + "(") : sent;
  }

  private Exchange exchange(String way, int number, String set) {
    // At least three digits would be a number, fewer a byte: so a Close code has them all.
    String digits = sent.contains("close(" + set) ? "%05d".formatted(number) : "" + number;
    return exchange(inFragments(way).replace(set, digits), comesBack.replace("{}", digits));
  }

  private Exchange exchange(String sent, String comesBack) {
    List<Reply> replies = new ArrayList<>(Opcodes.replies(comesBack));
    String probe = "";
    if (end.equals("open")) {
      probe = " <=" + replies.size() + "> ping(\"still there?\") <1> close(1000)";
      replies.addAll(Opcodes.replies("pong(\"still there?\") close(1000)"));
    }
    if (end.startsWith("fails ")) {
      replies.add(new Reply.Failure(Integer.parseInt(end.substring("fails ".length()))));
    } else if (!end.equals("open") && !end.equals("closed")) {
      throw new IllegalArgumentException(id + " has no such end: " + end);
    }
    return new Exchange(id + " " + what, setting, Script.parse(sent + probe), replies);
  }

  @Override
  public String toString() {
    return id + " " + what;
  }
}
