/** One file of the hosted pages, as whoever opens it gets it. */
export interface HostedFile {
  /** The path of its URL, without the slash in front: `share`. */
  readonly path: string;
  readonly body: string;
  readonly contentType: string;
  /** Of HTTP. */
  readonly cacheControl: string;
}

/** What is hosted for browsers. Everybody may read it. */
export interface HostedFiles {
  /** Puts a file there, in the place of one of the same path. */
  put(file: HostedFile): Promise<void>;
}
