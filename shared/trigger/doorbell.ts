/** Tells a worker to look at something. Only an id travels: losing or repeating a ring is harmless. */
export interface Doorbell {
  ring(id: string): Promise<void>;
}
