// Sizes and units as DynamoDB counts them, for what it does not say itself: a refused write consumes what
// it would have, and its answer has no ConsumedCapacity.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html

const WRITE_UNIT_BYTES = 1024;

/**
 * @param {Record<string, object>} item in DynamoDB's JSON
 * @returns {number} bytes that its capacity and, but for 100 bytes an item, its storage is counted by
 */
export function itemBytes(item) {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

/** @param {object} value */
function valueBytes(value) {
  const [[type, content]] = Object.entries(value);
  switch (type) {
    case 'S':
      return Buffer.byteLength(content);
    case 'N':
      return numberBytes(content);
    case 'B':
      return Buffer.from(content, 'base64').length;
    case 'SS':
      return content.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    case 'NS':
      return content.reduce((sum, text) => sum + numberBytes(text), 0);
    case 'L':
      return 3 + content.reduce((sum, member) => sum + 1 + valueBytes(member), 0);
    case 'M':
      return 3 + Object.keys(content).length + itemBytes(content);
    default:
      return 1;
  }
}

/** About a byte for two significant digits, and one more. */
function numberBytes(text) {
  const digits = text.replace(/[-+.]|e.*$/gi, '').replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1;
}

/**
 * What a refused write consumed, at the least: of what it would have put its size, of anything else
 * one unit, as the size of the item that was met is not known here.
 *
 * @param {string} operation @param {any} body of the request
 * @returns {{ table: string, write: number }[]}
 */
export function refusedUnits(operation, body) {
  const units = (item) => (item ? Math.ceil(itemBytes(item) / WRITE_UNIT_BYTES) : 1);
  switch (operation) {
    case 'TransactWriteItems':
      return body.TransactItems.flatMap((entry) => Object.values(entry)).map((part) => ({
        table: part.TableName,
        write: 2 * units(part.Item),
      }));
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [{ table: body.TableName, write: units(body.Item) }];
    default:
      return [];
  }
}
