package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverterTest {
  private enum Level {
    LOW,
    HIGH {
      @Override
      public String toString() {
        return "very high";
      }
    }
  }

  private record Color(int rgb) {
    private static Color fromString(String text) throws Exception {
      if (text.isEmpty()) {
        throw new Exception("checked");
      }
      return new Color(Integer.parseInt(text, 16));
    }
  }

  private record Fatal() {
    @SuppressWarnings("unused")
    static Fatal parse(String text) {
      throw new AssertionError(text);
    }
  }

  private static Optional<Object> convert(Class<?> type, String text) {
    return Converter.of(type).orElseThrow().convert(text);
  }

  private static void converts(Object expected, Class<?> type, String text) {
    assertEquals(Optional.of(expected), convert(type, text));
  }

  @Test
  void textPrimitivesAndTheirBoxesConvert() {
    converts("a b", String.class, "a b");
    converts(-7, int.class, "-7");
    converts(-7, Integer.class, "-7");
    converts(7L, long.class, "7");
    converts((short) 7, short.class, "7");
    converts((byte) 7, byte.class, "7");
    converts(1.5, double.class, "1.5");
    converts(1.5f, Float.class, "1.5");
    converts(true, boolean.class, "true");
    converts(false, Boolean.class, "false");
    converts('ä', char.class, "ä");
  }

  @Test
  void enumsUuidsAndJavaTimeConvert() {
    converts(Level.HIGH, Level.class, "HIGH");
    converts(new UUID(0, 1), UUID.class, "00000000-0000-0000-0000-000000000001");
    converts(LocalDate.of(2026, 1, 2), LocalDate.class, "2026-01-02");
    converts(Instant.EPOCH, Instant.class, "1970-01-01T00:00:00Z");
    converts(Duration.ofSeconds(90), Duration.class, "PT1M30S");
    converts(Year.of(2026), Year.class, "2026");
    converts(ZoneId.of("Europe/Rome"), ZoneId.class, "Europe/Rome");
    converts(DayOfWeek.MONDAY, DayOfWeek.class, "MONDAY");
  }

  @Test
  void anyClassWithAStaticFactoryFromStringConverts() {
    converts(new Color(0xff), Color.class, "ff");
  }

  @ParameterizedTest
  @CsvSource({
    "java.lang.Integer,2147483648",
    "java.lang.Integer,''",
    "java.lang.Short,70000",
    "java.lang.Double,one",
    "java.lang.Boolean,yes",
    "java.lang.Character,ab"
  })
  void whatDoesNotConvertIsEmpty(Class<?> type, String text) {
    assertEquals(Optional.empty(), convert(type, text));
  }

  @Test
  void everyExceptionOfAFactoryMeansThatTheTextIsNotValid() {
    assertEquals(Optional.empty(), convert(Color.class, ""));
    assertEquals(Optional.empty(), convert(Color.class, "xyz"));
    assertEquals(Optional.empty(), convert(Level.class, "low"));
    assertEquals(Optional.empty(), convert(LocalDate.class, "2026-02-30"));
  }

  @Test
  void errorsPass() {
    assertThrows(AssertionError.class, () -> convert(Fatal.class, "x"));
  }

  @Test
  void otherClassesHaveNoConverter() {
    assertEquals(Optional.empty(), Converter.of(Object.class));
    assertEquals(Optional.empty(), Converter.of(BigInteger.class));
    assertEquals(Optional.empty(), Converter.of(int[].class));
  }

  @Test
  void whatIsExpectedIsToldInWordsForTheClient() {
    assertEquals("a whole number of type int", expected(Integer.class));
    assertEquals("a number of type double", expected(double.class));
    assertEquals("true or false", expected(boolean.class));
    assertEquals("a single character", expected(char.class));
    assertEquals("one of LOW, HIGH", expected(Level.class));
    assertEquals("a valid UUID", expected(UUID.class));
  }

  private static String expected(Class<?> type) {
    return Converter.of(type).orElseThrow().expected();
  }
}
