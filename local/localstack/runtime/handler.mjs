import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @param {string} name @param {string} message */
function runtimeError(name, message) {
  return Object.assign(new Error(message), { name });
}

/**
 * @param {string} taskRoot folder of the unpacked code
 * @param {string} setting `path/to/module.export`, as in a function's configuration
 * @returns {Promise<(event: unknown, context: object) => unknown>}
 * @throws an error whose name is the one that AWS gives: `Runtime.ImportModuleError`,
 *   `Runtime.HandlerNotFound`, `Runtime.CallbackHandlerDeprecated`, or what the module throws
 */
export async function loadHandler(taskRoot, setting) {
  const dot = setting.indexOf('.', setting.lastIndexOf('/'));
  const [module, exported] = [setting.slice(0, dot), setting.slice(dot + 1)];
  const file = ['.js', '.mjs', '.cjs']
    .map((extension) => join(taskRoot, module + extension))
    .find(existsSync);
  if (!file) {
    throw runtimeError('Runtime.ImportModuleError', `Error: Cannot find module '${module}'`);
  }
  const namespace = await import(pathToFileURL(file).href);
  const handler = namespace[exported] ?? namespace.default?.[exported];
  if (typeof handler !== 'function') {
    throw runtimeError('Runtime.HandlerNotFound', `${setting} is undefined or not exported`);
  }
  if (handler.length > 2) {
    throw runtimeError(
      'Runtime.CallbackHandlerDeprecated',
      'AWS Lambda does not support callback-based function handlers from Node.js 24 on',
    );
  }
  return handler;
}
