const PLAIN_INTERVAL_MS = 5000;
const TTY_INTERVAL_MS = 200;

const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;

/** Shows what is being waited for, with the seconds: one line that changes on a terminal, else a line now and then. */
export class Progress {
  /** @param {NodeJS.WriteStream} [stream] */
  constructor(stream = process.stderr) {
    this.stream = stream;
    this.running = new Map();
    this.timer = undefined;
  }

  /**
   * Runs one step, or several at once when called again before the first has ended.
   *
   * @template T
   * @param {string} name
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(name, work) {
    const started = Date.now();
    this.running.set(name, started);
    this.#watch();
    try {
      const result = await work();
      this.#end(name, `✓ ${name.padEnd(36)} ${seconds(started)}`);
      return result;
    } catch (error) {
      this.#end(name, `✗ ${name.padEnd(36)} ${seconds(started)}`);
      throw error;
    }
  }

  /** Writes a line without disturbing the one that changes. @param {string} line */
  say(line) {
    this.stream.write(this.stream.isTTY ? `\r\x1b[2K${line}\n` : `${line}\n`);
  }

  #watch() {
    this.timer ??= setInterval(
      () => this.#show(),
      this.stream.isTTY ? TTY_INTERVAL_MS : PLAIN_INTERVAL_MS,
    );
    if (this.stream.isTTY) this.#show();
  }

  #show() {
    const line = [...this.running].map(([name, since]) => `${name} ${seconds(since)}`).join(', ');
    this.stream.write(this.stream.isTTY ? `\r\x1b[2K… ${line}` : `… ${line}\n`);
  }

  #end(name, line) {
    this.running.delete(name);
    if (this.running.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
    this.say(line);
  }
}
