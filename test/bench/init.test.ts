import { describe, expect, it } from 'vitest';
import { functionSpecs, simulatorSpecs } from '../../functions/index.ts';
import { environmentOfFunction } from './init.ts';

describe('the functions whose start is measured', () => {
  it.each([...functionSpecs, ...simulatorSpecs].map(({ name }) => name))(
    'have all that a stack gives them: %s',
    (name) => {
      expect(Object.values(environmentOfFunction(name)).every((text) => text !== '')).toBe(true);
    },
  );
});
