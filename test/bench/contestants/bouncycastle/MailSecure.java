import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Properties;
import javax.mail.Session;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.mail.smime.SMIMEEnvelopedGenerator;
import org.bouncycastle.mail.smime.SMIMESignedGenerator;

/** As the examples of BouncyCastle have it, with the primitives of the JDK, which are faster than its own. */
final class MailSecure implements Secure {
  private final Session session = Session.getInstance(new Properties());
  private final X509Certificate sender;
  private final X509Certificate recipient;
  private final PrivateKey key;

  MailSecure(CaseFiles files) throws Exception {
    sender = files.certificate("sender.crt");
    recipient = files.certificate("recipient.crt");
    key = files.senderKey();
  }

  @Override
  public byte[] message(byte[] entity) throws Exception {
    SMIMESignedGenerator signing = new SMIMESignedGenerator();
    signing.addSignerInfoGenerator(
        new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withRSA", key, sender));
    signing.addCertificates(new JcaCertStore(List.of(sender)));
    MimeBodyPart signed = new MimeBodyPart();
    signed.setContent(signing.generate(new MimeBodyPart(new ByteArrayInputStream(entity))));

    SMIMEEnvelopedGenerator encrypting = new SMIMEEnvelopedGenerator();
    encrypting.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(recipient));
    MimeBodyPart enveloped =
        encrypting.generate(
            signed, new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).build());

    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress("records@holder.example"));
    message.setRecipients(MimeMessage.RecipientType.TO, "recipient@clinic.example");
    message.setContent(enveloped.getContent(), enveloped.getContentType());
    message.saveChanges();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    message.writeTo(out);
    return out.toByteArray();
  }
}
