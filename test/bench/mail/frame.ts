/** CRLF lines. */
const lines = (...each: readonly string[]): string => `${each.join('\r\n')}\r\n`;

/** The header of the entity that is signed: a whole message in a wrapper, as ours writes it. */
export const WRAPPER = lines('Content-Type: message/rfc822', '');

const ADDRESSES = lines('From: <records@holder.example>', 'To: <recipient@clinic.example>');

/** What stands before the base64 of the zip in the message of the others. */
export const MAIL_HEAD =
  WRAPPER +
  lines(
    'From: Data holder <records@holder.example>',
    'To: <recipient@clinic.example>',
    'Date: Mon, 02 Mar 2026 20:15:00 +0000',
    'Subject: XDM/1.0/DDM Health record',
    'Message-ID: <k3j5x7q2@holder.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="record-boundary"',
    '',
    '--record-boundary',
    'Content-Type: text/plain; charset=us-ascii',
    'Content-Transfer-Encoding: 7bit',
    '',
    'Data holder sends you this health record at the request of the patient.',
    '',
    '--record-boundary',
    'Content-Type: application/zip; name="health-record.zip"',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="health-record.zip"',
    '',
  );

export const MAIL_TAIL = lines('', '--record-boundary--');

/** What stands before the signed entity in multipart/signed, up to its first byte. */
export const SIGNED_HEAD = lines(
  'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="signed-boundary"',
  '',
  '--signed-boundary',
);

/** What stands between the signed entity and the base64 of its signature. */
export const SIGNATURE_HEAD = lines(
  '',
  '--signed-boundary',
  'Content-Type: application/pkcs7-signature; name="smime.p7s"; smime-type=signed-data',
  'Content-Transfer-Encoding: base64',
  'Content-Disposition: attachment; filename="smime.p7s"',
  '',
);

export const SIGNED_TAIL = lines('', '--signed-boundary--');

/** What stands before the base64 of the envelope. */
export const OUTSIDE =
  lines('MIME-Version: 1.0') +
  ADDRESSES +
  lines(
    'Date: Mon, 02 Mar 2026 20:15:00 +0000',
    'Message-ID: <k3j5x7q2@holder.example>',
    'Content-Type: application/pkcs7-mime; name="smime.p7m"; smime-type=enveloped-data',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="smime.p7m"',
    '',
  );

/** All of it, under the names of the files that Java reads. */
export const FRAME = {
  'mail-head': MAIL_HEAD,
  'mail-tail': MAIL_TAIL,
  'signed-head': SIGNED_HEAD,
  'signature-head': SIGNATURE_HEAD,
  'signed-tail': SIGNED_TAIL,
  outside: OUTSIDE,
};
