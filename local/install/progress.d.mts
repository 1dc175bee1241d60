export class Progress {
  constructor(stream?: { isTTY?: boolean; write(text: string): unknown });
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  say(line: string): void;
}
