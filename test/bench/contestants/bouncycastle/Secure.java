/** Signs a MIME entity, encrypts what comes of it, and writes the whole message. */
interface Secure {
  byte[] message(byte[] entity) throws Exception;
}
