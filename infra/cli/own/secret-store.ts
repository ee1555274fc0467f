/** Where an identity secret lies. What is read of it is never printed. */
export interface SecretStore {
  /** For the operator: a file or an ARN. */
  readonly place: string;
  /** @throws CommandError */
  readonly read: () => Promise<SecretVersion>;
}

/** Of who signs, and of who decrypts. */
export interface SecretStores {
  readonly signing: SecretStore;
  readonly decryption: SecretStore;
}

export interface SecretVersion {
  readonly text: string;
  /**
   * Puts another text in its place, all of it or nothing.
   *
   * @throws CommandError also when somebody else has changed it since it was read
   */
  readonly replace: (text: string) => Promise<void>;
}

/** A secret that nobody has filled in yet. */
export const EMPTY_SECRET = '{"identities":[]}';

export const CHANGED = 'has changed since it was read: nothing was written. Run the command again.';
