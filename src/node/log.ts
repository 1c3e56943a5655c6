/** What rooms below main.ts need of a logger: data first, then a constant sentence. pino fits. */
export interface Log {
  debug(data: object, sentence: string): void;
  info(data: object, sentence: string): void;
  warn(data: object, sentence: string): void;
  error(data: object, sentence: string): void;
}
