/** Where the demo says what it does: standard output, or standard error when standard output is for the JSON. */
export interface Progress {
  /** Opens a chapter. */
  chapter(text: string): void;
  /** One step that was done, and what came of it. */
  step(text: string): void;
  /** A line that belongs to the step before. */
  detail(text: string): void;
  line(text: string): void;
}

export function progressTo(stream: NodeJS.WritableStream): Progress {
  const startedAt = performance.now();
  const line = (text: string): void => void stream.write(`${text}\n`);
  const seconds = (): string => ((performance.now() - startedAt) / 1000).toFixed(1).padStart(5);
  return {
    line,
    chapter: (text) => line(`\n${text}`),
    step: (text) => line(`${seconds()} s  ${text}`),
    detail: (text) => line(`           ${text}`),
  };
}
