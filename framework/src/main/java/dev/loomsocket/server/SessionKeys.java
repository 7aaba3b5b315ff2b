package dev.loomsocket.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of sessions: the first signs, and what any of them has signed is good (HMAC-SHA-256, RFC
 * 2104). Thread-safe.
 */
final class SessionKeys {
  private static final String ALGORITHM = "HmacSHA256";

  private final List<SecretKeySpec> keys;

  SessionKeys(List<byte[]> secrets) {
    this.keys = secrets.stream().map(secret -> new SecretKeySpec(secret, ALGORITHM)).toList();
  }

  byte[] sign(String text) {
    return sign(keys.getFirst(), text);
  }

  /**
   * The place of the key that has signed the text so, or −1. The time that this takes tells nothing
   * of the right signature.
   */
  int signer(String text, byte[] signature) {
    for (int i = 0; i < keys.size(); i++) {
      if (MessageDigest.isEqual(sign(keys.get(i), text), signature)) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] sign(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
