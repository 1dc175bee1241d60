import { renderConversion } from '../../../shared/domain/conversion.ts';
import type { LoadConversion } from '../../../shared/ports/payouts/conversions.ts';
import { byPathId } from '../../../shared/runtime/http/path-id.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';

const conversions = byPathId('conversion');

/** Reads one conversion; a stranger's is as absent as one that was never made. */
export function getConversion(load: LoadConversion) {
  return async <B, Q>(request: HttpRequest<B, Q>): Promise<HttpResponse> => {
    const conversion = await load(conversions.idOf(request));
    if (conversion?.tenant !== request.tenant) {
      throw conversions.notFound();
    }
    return { status: 200, body: renderConversion(conversion) };
  };
}
