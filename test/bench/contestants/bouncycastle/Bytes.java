import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What every program does with bytes, by the means of the JDK. */
final class Bytes {
  private static final byte[] CRLF = {13, 10};

  static byte[] zip(List<CaseFiles.Named> files) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (CaseFiles.Named file : files) {
        zip.putNextEntry(new ZipEntry(file.name()));
        zip.write(file.bytes());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  static byte[] base64Lines(byte[] bytes) {
    return concat(Base64.getMimeEncoder(76, CRLF).encode(bytes), CRLF);
  }

  static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) length += part.length;
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private Bytes() {}
}
