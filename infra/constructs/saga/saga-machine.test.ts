import { expect, it } from 'vitest';
import { inquiryNames } from '../../../shared/domain/saga/inquiry.ts';
import { sagaNames } from '../../../shared/domain/saga/sagas.ts';
import type { SagaType, StageName } from '../../stages.ts';
import { synthesized } from '../../testing/synth.ts';

function levelsOf(stage: StageName, type: SagaType): readonly string[] {
  return synthesized(stage, type)
    .resources('AWS::StepFunctions::StateMachine')
    .map(
      ({ Properties }) => `${Properties.StateMachineType} ${Properties.LoggingConfiguration.Level}`,
    )
    .sort();
}

const machines = (inquiries: string, sagas: string) =>
  [...inquiryNames.map(() => inquiries), ...sagaNames.map(() => sagas)].sort();

it('has the errors alone in the log where an execution keeps its history', () => {
  expect(levelsOf('prod', 'STANDARD')).toEqual(machines('STANDARD ERROR', 'STANDARD ERROR'));
});

it('has every state in the log of an execution that keeps no history', () => {
  expect(levelsOf('prod', 'EXPRESS')).toEqual(machines('STANDARD ERROR', 'EXPRESS ALL'));
});

it('makes no call for each state on a laptop', () => {
  expect(levelsOf('local', 'EXPRESS')).toEqual(machines('STANDARD ERROR', 'EXPRESS ERROR'));
});
