import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { stageNames } from '../../stages.ts';
import { synthesized } from '../../testing/synth.ts';

const withBody = Object.values(endpoints).filter((endpoint) => 'body' in endpoint);

/** The model that a method has for JSON, by the method and its resource. */
function modelOf(stage: (typeof stageNames)[number], name: string) {
  const models = synthesized(stage).named('AWS::ApiGateway::Model');
  const [id] = models.find(([, { Name }]) => Name === name) ?? [];
  const methods = synthesized(stage)
    .resources('AWS::ApiGateway::Method')
    .filter(({ Properties }) => Properties.RequestModels?.['application/json']?.Ref === id);
  return { id, methods };
}

describe.each(stageNames)('the request models in %s', (stage) => {
  it('are one for each endpoint with a body, on its method alone', () => {
    for (const { name, method } of withBody) {
      const { id, methods } = modelOf(stage, `${name[0]?.toUpperCase()}${name.slice(1)}Request`);
      expect(id, name).toBeDefined();
      expect(methods.map(({ Properties }) => Properties.HttpMethod)).toEqual([method]);
    }
    expect(synthesized(stage).resources('AWS::ApiGateway::Model')).toHaveLength(withBody.length);
  });

  it('are in draft 4, and refer to nothing outside', () => {
    for (const { Properties } of synthesized(stage).resources('AWS::ApiGateway::Model')) {
      expect(Properties.Schema).toMatchObject({
        $schema: 'http://json-schema.org/draft-04/schema#',
        type: 'object',
        additionalProperties: false,
      });
      const text = JSON.stringify(Properties.Schema);
      expect(text).not.toMatch(/"(?:const|propertyNames|\$ref|\$defs)":/);
      expect(text, 'no template may have a null').not.toMatch(/[:,[]null/);
    }
  });

  it('say the bounds of the contract', () => {
    const [model] = synthesized(stage)
      .resources('AWS::ApiGateway::Model')
      .filter(({ Properties }) => Properties.Name === 'CreatePaymentRequest');
    expect(model?.Properties.Schema.required).toEqual(['amount', 'currency', 'payment_method']);
    expect(model?.Properties.Schema.properties.amount).toEqual({
      type: 'integer',
      minimum: 1,
      maximum: 1e12,
    });
  });

  it('are enforced by no validator', () => {
    expect(synthesized(stage).resources('AWS::ApiGateway::RequestValidator')).toEqual([]);
    for (const { Properties } of synthesized(stage).resources('AWS::ApiGateway::Method')) {
      expect(Properties.RequestValidatorId).toBeUndefined();
    }
  });
});
