import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A payload as every contestant finds it on the disk: see case-files.ts. */
record CaseFiles(Path folder) {
  /** A file of the zip, with its folders. */
  record Named(String name, byte[] bytes) {}

  byte[] entity() throws Exception {
    return Files.readAllBytes(folder.resolve("entity.eml"));
  }

  /** The pages as ours wrote them, then the documents. */
  List<Named> zipFiles() throws Exception {
    List<Named> files = new ArrayList<>();
    files.add(named("", "README.TXT"));
    files.add(named("", "INDEX.HTM"));
    files.add(named("IHE_XDM/SUBSET01/", "METADATA.XML"));
    try (var paths = Files.list(folder)) {
      List<String> names = paths.map(path -> path.getFileName().toString()).sorted().toList();
      for (String name : names) {
        if (name.startsWith("DOC")) files.add(named("IHE_XDM/SUBSET01/", name));
      }
    }
    return files;
  }

  private Named named(String folders, String name) throws Exception {
    return new Named(folders + name, Files.readAllBytes(folder.resolve(name)));
  }

  /** The text around a part of a message, which the bench wrote beside the payloads. */
  byte[] frame(String name) throws Exception {
    return Files.readAllBytes(folder.resolveSibling("frame").resolve(name));
  }

  X509Certificate certificate(String name) throws Exception {
    byte[] pem = key(name).getBytes(StandardCharsets.US_ASCII);
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(pem));
  }

  PrivateKey senderKey() throws Exception {
    String base64 = key("sender.key").replaceAll("-----[^-]+-----|\\s", "");
    byte[] pkcs8 = Base64.getDecoder().decode(base64);
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private String key(String name) throws Exception {
    return Files.readString(folder.resolveSibling("keys").resolve(name));
  }
}
