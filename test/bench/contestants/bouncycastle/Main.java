import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The Java side of the protocol in serve.ts. The argument chooses how a message is secured: "mail" by BouncyCastle's
 * classes for S/MIME over javax.mail, "cms" by those for CMS alone, with the MIME around it put together by hand.
 */
public final class Main {
  /** Does all of the work once. */
  private interface Repetition {
    byte[] once() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    String work = "";
    Repetition repetition = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      if (words[0].equals("idle")) {
        System.out.println("0 0 " + memoryKb("VmRSS"));
        continue;
      }
      if (!work.equals(words[0] + " " + words[1])) {
        repetition = null;
        repetition = ready(words[0], new CaseFiles(Path.of(words[1])), args[0].equals("mail"));
        work = words[0] + " " + words[1];
      }
      int count = Integer.parseInt(words[2]);
      byte[] message = new byte[0];
      long start = System.nanoTime();
      for (int done = 0; done < count; done++) message = repetition.once();
      double ms = (System.nanoTime() - start) / 1e6;
      if (words.length > 3) Files.write(Path.of(words[3]), message);
      System.out.println(ms + " " + message.length + " " + memoryKb("VmHWM"));
    }
  }

  private static Repetition ready(String mode, CaseFiles files, boolean mail) throws Exception {
    Secure secure = mail ? new MailSecure(files) : new CmsSecure(files);
    if (mode.equals("smime")) {
      byte[] entity = files.entity();
      return () -> secure.message(entity);
    }
    var contents = files.zipFiles();
    byte[] head = files.frame("mail-head");
    byte[] tail = files.frame("mail-tail");
    return () -> secure.message(Bytes.concat(head, Bytes.base64Lines(Bytes.zip(contents)), tail));
  }

  /** From the kernel; nothing where it does not tell. */
  private static long memoryKb(String what) throws Exception {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) return 0;
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith(what + ":")) return Long.parseLong(line.replaceAll("\\D", ""));
    }
    return 0;
  }
}
