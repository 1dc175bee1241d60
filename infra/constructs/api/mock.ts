import { type IResource, MockIntegration, PassthroughBehavior } from 'aws-cdk-lib/aws-apigateway';

/** What a client may send with a method that no function takes; other types are a 415. */
const bodyTypes = [
  'application/json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'application/xml',
  'multipart/form-data',
  'text/plain',
];

/** An answer of API Gateway alone. */
export interface MockAnswer {
  readonly status: number;
  /** As API Gateway has literals: in quotes. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, in API Gateway's template language. */
  readonly template: string;
}

/** Has API Gateway answer a method of a resource by itself. */
export function addMock(
  resource: IResource,
  method: 'ANY' | 'OPTIONS',
  { status, headers, template }: MockAnswer,
): void {
  const statusCode = String(status);
  const named = Object.entries(headers).map(
    ([name, value]) => [`method.response.header.${name}`, value] as const,
  );
  resource.addMethod(
    method,
    new MockIntegration({
      requestTemplates: Object.fromEntries(
        bodyTypes.map((type) => [type, `{"statusCode":${statusCode}}`]),
      ),
      passthroughBehavior: PassthroughBehavior.NEVER,
      integrationResponses: [
        {
          statusCode,
          responseTemplates: { 'application/json': template },
          responseParameters: Object.fromEntries(named),
        },
      ],
    }),
    {
      methodResponses: [
        {
          statusCode,
          responseParameters: Object.fromEntries(named.map(([name]) => [name, true])),
        },
      ],
    },
  );
}
