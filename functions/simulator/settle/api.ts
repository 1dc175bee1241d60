import type { SimulatorPsp } from '../../../shared/contracts/simulator/common.ts';
import { SimulatorSettlementRequest } from '../../../shared/contracts/simulator/settlements.ts';
import type { SettlementStore } from '../../../shared/ports/simulator-store.ts';
import { ok, refusal, type SimulatorApi } from '../answer.ts';
import { withBody } from '../body.ts';
import { type SettleDependencies, settle } from './settle.ts';

type SettlementApiDependencies = Pick<SettleDependencies, 'files' | 'now'> & {
  readonly stores: Readonly<Record<SimulatorPsp, SettlementStore>>;
};

/** Control side, `POST /settlements`. */
export function createSettlementApi({ stores, ...deps }: SettlementApiDependencies): SimulatorApi {
  return (request) =>
    withBody(SimulatorSettlementRequest, request, async (body) => {
      const { psp = 'simulator' } = body;
      const settlement = await settle({ psp, store: stores[psp], ...deps })(body);
      return settlement
        ? ok(settlement)
        : refusal(
            'operation_id_reused',
            'The operation id has a file that was asked for otherwise.',
          );
    });
}
