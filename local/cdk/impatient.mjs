// Preloaded into the cdk CLI of a local deployment. It asks every 5 s whether a stack is done, which is
// right for AWS; an emulator is done in 2 s, and with stacks in a row the waits would add up.
const { setTimeout } = globalThis;
globalThis.setTimeout = Object.assign(
  (callback, delayMs, ...args) => setTimeout(callback, delayMs === 5000 ? 250 : delayMs, ...args),
  setTimeout,
);
