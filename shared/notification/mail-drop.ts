/** A bucket of mail, into which is put and nothing is read. */
export interface MailDrop {
  /**
   * Puts a mail under a key that its bytes decide.
   *
   * @returns `there` when it lies there already: then nothing is done, and nobody is told anew
   */
  putOnce(key: string, bytes: Uint8Array): Promise<'put' | 'there'>;
}
