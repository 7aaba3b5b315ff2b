package dev.loomsocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  private static String parse(String header) {
    return ByteRange.parse(header, 10)
        .map(ranges -> ranges.stream().map(range -> range.of(10).substring(6)).toList().toString())
        .orElse("ignored");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-0       | [0-0/10]",
        "bytes=0-9       | [0-9/10]",
        "bytes=0-99      | [0-9/10]",
        "bytes=3-        | [3-9/10]",
        "bytes=-3        | [7-9/10]",
        "bytes=-99       | [0-9/10]",
        "bytes=0-1,3-4   | [0-1/10, 3-4/10]",
        "Bytes=0-1 , -1  | [0-1/10, 9-9/10]",
        "bytes=10-       | []",
        "bytes=99-100    | []",
        "bytes=-0        | []",
        "bytes=0-0,20-30 | [0-0/10]",
        "bytes=999999999999999999- | []",
      })
  void rangesAreRead(String header, String ranges) {
    assertEquals(ranges, parse(header));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-2",
        "bytes=1-2-3",
        "bytes=--1",
        "bytes=+1-2",
        "bytes=1 - 2",
        "bytes=0-1,",
        "bytes=0-1,x",
        "bytes 0-1",
        "lines=0-1",
        "bytes=9999999999999999999-",
        "bytes=0-9,0-0",
        "bytes=0-,0-,0-,0-",
        "bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,0-0,1-1,2-2,3-3,4-4,5-5,6-6",
      })
  void whatNobodyNeedsIsIgnored(String header) {
    assertEquals("ignored", parse(header));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-0", "bytes=-1", "bytes=0-"})
  void anEmptyFileHasNoRange(String header) {
    assertEquals(Optional.of(List.of()), ByteRange.parse(header, 0));
  }
}
