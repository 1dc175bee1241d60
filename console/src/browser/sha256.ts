/** The first 32 bits of the fractional part of the root of each of the first primes. */
function fractions(count: number, root: (prime: number) => number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0)) {
      primes.push(n);
    }
  }
  return primes.map((prime) => ((root(prime) % 1) * 2 ** 32) | 0);
}

const rounds = fractions(64, Math.cbrt);
const initial = fractions(8, Math.sqrt);
const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by));
const at = (words: ArrayLike<number>, index: number) => words[index] as number;

/** SHA-256 (FIPS 180-4, section 6.2) of up to 2^29 bytes. For ids; nothing secret goes through it. */
export function sha256(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, message.length * 8);
  const state = Int32Array.from(initial);
  for (let offset = 0; offset < padded.length; offset += 64) {
    compress(state, schedule(view, offset));
  }
  const digest = new DataView(new ArrayBuffer(32));
  for (const [index, word] of state.entries()) {
    digest.setInt32(index * 4, word);
  }
  return new Uint8Array(digest.buffer);
}

/** The 64 words of a block. */
function schedule(view: DataView, offset: number): Int32Array {
  const words = new Int32Array(64);
  for (let t = 0; t < 64; t++) {
    const [w2, w15] = [at(words, Math.max(0, t - 2)), at(words, Math.max(0, t - 15))];
    words[t] =
      t < 16
        ? view.getInt32(offset + t * 4)
        : (rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10)) +
          at(words, t - 7) +
          (rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3)) +
          at(words, t - 16);
  }
  return words;
}

function compress(state: Int32Array, words: Int32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let t = 0; t < 64; t++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + sum1 + ((e & f) ^ (~e & g)) + at(rounds, t) + at(words, t)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) {
    state[index] = (at(state, index) + word) | 0;
  }
}
