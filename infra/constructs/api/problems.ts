import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiError,
  type ApiErrorCode,
  apiErrors,
  problemOf,
} from '../../../shared/contracts/errors.ts';
import { securityHeaders } from '../../../shared/contracts/http-headers.ts';

const requestId = '$context.requestId';

/** An error of the table as a mapping template of API Gateway: the body that a handler would give. */
export function problemTemplate(code: ApiErrorCode, detail: string): string {
  return JSON.stringify(problemOf(new ApiError(code, detail), requestId));
}

/** Headers as API Gateway has literals: in quotes, whatever is between the first and the last. */
export function literals(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `'${value}'`]));
}

/** The headers of such an answer, by their names. */
export const problemHeaders: Readonly<Record<string, string>> = literals({
  'Content-Type': 'application/problem+json',
  ...securityHeaders,
});

interface GatewayProblem {
  readonly types: readonly ResponseType[];
  readonly code: ApiErrorCode;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What API Gateway answers by itself, before or instead of a function. */
const gatewayProblems: readonly GatewayProblem[] = [
  {
    // No route of ours has IAM authorization, so these say that there was no route.
    types: [
      ResponseType.MISSING_AUTHENTICATION_TOKEN,
      ResponseType.INVALID_SIGNATURE,
      ResponseType.EXPIRED_TOKEN,
      ResponseType.ACCESS_DENIED,
      ResponseType.RESOURCE_NOT_FOUND,
    ],
    code: 'not_found',
    detail: 'There is nothing at this path.',
  },
  {
    types: [ResponseType.THROTTLED],
    code: 'too_many_requests',
    detail: 'The API has had more requests than it takes.',
    headers: { 'Retry-After': "'1'" },
  },
  {
    types: [ResponseType.REQUEST_TOO_LARGE],
    code: 'body_too_large',
    detail: 'The body is larger than the API takes.',
  },
  {
    types: [ResponseType.UNSUPPORTED_MEDIA_TYPE],
    code: 'unsupported_media_type',
    detail: 'Content-Type must be application/json.',
  },
  {
    types: [
      ResponseType.BAD_REQUEST_BODY,
      ResponseType.BAD_REQUEST_PARAMETERS,
      ResponseType.DEFAULT_4XX,
    ],
    code: 'invalid_request',
    detail: 'The request could not be read.',
  },
  {
    types: [ResponseType.INTEGRATION_TIMEOUT, ResponseType.INTEGRATION_FAILURE],
    code: 'temporarily_unavailable',
    detail: 'The request took too long or met a failure; it may have taken effect.',
    headers: { 'Retry-After': "'1'" },
  },
  {
    types: [ResponseType.API_CONFIGURATION_ERROR, ResponseType.DEFAULT_5XX],
    code: 'internal_error',
    detail: 'The request could not be completed.',
  },
];

/** Gives every answer of API Gateway itself the form of the API's own errors. */
export function addGatewayProblems(api: RestApi): void {
  for (const { types, code, detail, headers } of gatewayProblems) {
    for (const type of types) {
      api.addGatewayResponse(type.responseType, {
        type,
        statusCode: String(apiErrors[code].status),
        responseHeaders: { ...problemHeaders, ...headers },
        templates: { 'application/json': problemTemplate(code, detail) },
      });
    }
  }
}
