/** Tells a worker to look at something. Only an id travels: losing or repeating a ring is harmless. */
export interface Doorbell {
  /** @param afterSeconds whole, at most 900: it is not heard before */
  ring(id: string, afterSeconds?: number): Promise<void>;
}
