package dev.loomsocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                              | []",
        "gzip                            | [GZIP]",
        "GZip                            | [GZIP]",
        "x-gzip                          | [GZIP]",
        "gzip, deflate, br, zstd         | [BROTLI, GZIP]",
        "br;q=0.5, gzip;q=0.8            | [GZIP, BROTLI]",
        "br;q=0, gzip                    | [GZIP]",
        "*                               | [BROTLI, GZIP]",
        "*;q=0                           | []",
        "gzip, *;q=0                     | [GZIP]",
        "*, br;q=0                       | [GZIP]",
        "identity, gzip;q=0.5            | []",
        "identity;q=0.5, gzip            | [GZIP]",
        "identity;q=0, gzip;q=0.001      | [GZIP]",
        "deflate                         | []",
        "gzip;q=2                        | []",
        "gzip;q=x                        | []",
        "gzip ; q=1.000                  | [GZIP]",
        "gzipped                         | []",
        "', ,;,gzip'                     | [GZIP]",
      })
  void theBestForTheClientComesFirst(String header, String codings) {
    assertEquals(codings, ContentCoding.accepted(header).toString());
  }
}
