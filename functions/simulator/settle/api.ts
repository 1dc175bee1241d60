import { SimulatorSettlementRequest } from '../../../shared/contracts/simulator/settlements.ts';
import { ok, refusal, type SimulatorApi } from '../answer.ts';
import { withBody } from '../body.ts';
import { type SettleDependencies, settle } from './settle.ts';

/** Control side, `POST /settlements`. */
export function createSettlementApi(deps: SettleDependencies): SimulatorApi {
  const write = settle(deps);
  return (request) =>
    withBody(SimulatorSettlementRequest, request, async (body) => {
      const settlement = await write(body);
      return settlement
        ? ok(settlement)
        : refusal(
            'operation_id_reused',
            'The operation id has a file that was asked for otherwise.',
          );
    });
}
