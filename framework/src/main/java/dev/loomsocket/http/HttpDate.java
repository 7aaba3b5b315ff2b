package dev.loomsocket.http;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Points in time as headers write them, to the second (RFC 9110 §5.6.7): {@code Sun, 06 Nov 1994
 * 08:49:37 GMT}.
 */
public final class HttpDate {
  private static final DateTimeFormatter FIXED = formatter("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

  /**
   * RFC 850's form; its two digits of a year mean one that is at most 50 years ahead: 2 digits from
   * 1976 on.
   */
  private static final DateTimeFormatter WITH_SHORT_YEAR =
      new DateTimeFormatterBuilder()
          .appendPattern("EEEE, dd-MMM-")
          .appendValueReduced(ChronoField.YEAR, 2, 2, 1976)
          .appendPattern(" HH:mm:ss 'GMT'")
          .toFormatter(Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter OF_C = formatter("EEE MMM ppd HH:mm:ss uuuu");

  private static final List<DateTimeFormatter> FORMS = List.of(FIXED, WITH_SHORT_YEAR, OF_C);

  private HttpDate() {}

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /** The one form that is sent; fractions of a second are cut off. */
  public static String format(Instant instant) {
    return FIXED.format(instant);
  }

  /** Reads any of the three forms that a recipient has to know; empty if it is none of them. */
  public static Optional<Instant> parse(String text) {
    return FORMS.stream()
        .filter(form -> looksLike(form, text))
        .findFirst()
        .flatMap(form -> parse(form, text));
  }

  /** Asked first because it costs no exception. */
  private static boolean looksLike(DateTimeFormatter form, String text) {
    ParsePosition end = new ParsePosition(0);
    return form.parseUnresolved(text, end) != null && end.getIndex() == text.length();
  }

  private static Optional<Instant> parse(DateTimeFormatter form, String text) {
    try {
      return Optional.of(form.parse(text, Instant::from));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }
}
