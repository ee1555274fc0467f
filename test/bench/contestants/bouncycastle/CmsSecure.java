import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** As an expert writes it who wants speed: no javax.mail, bytes in arrays, the primitives of the JDK. */
final class CmsSecure implements Secure {
  private final X509Certificate sender;
  private final X509Certificate recipient;
  private final PrivateKey key;
  private final byte[] signedHead;
  private final byte[] signatureHead;
  private final byte[] signedTail;
  private final byte[] outside;

  CmsSecure(CaseFiles files) throws Exception {
    signedHead = files.frame("signed-head");
    signatureHead = files.frame("signature-head");
    signedTail = files.frame("signed-tail");
    outside = files.frame("outside");
    sender = files.certificate("sender.crt");
    recipient = files.certificate("recipient.crt");
    key = files.senderKey();
  }

  @Override
  public byte[] message(byte[] entity) throws Exception {
    CMSSignedDataGenerator signing = new CMSSignedDataGenerator();
    signing.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(key), sender));
    signing.addCertificates(new JcaCertStore(List.of(sender)));
    byte[] signature = signing.generate(new CMSProcessableByteArray(entity), false).getEncoded();

    CMSEnvelopedDataGenerator encrypting = new CMSEnvelopedDataGenerator();
    encrypting.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(recipient));
    var content =
        new CMSProcessableByteArray(
            Bytes.concat(
                signedHead, entity, signatureHead, Bytes.base64Lines(signature), signedTail));
    var cipher = new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).build();
    byte[] envelope = encrypting.generate(content, cipher).getEncoded();
    return Bytes.concat(outside, Bytes.base64Lines(envelope));
  }
}
