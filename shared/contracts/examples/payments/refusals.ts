import type { Example } from '../example.ts';
import { nobodys, order1001 } from '../known.ts';

/** What is refused, and how. */
export const refusalExamples: readonly Example[] = [
  {
    name: 'no-key',
    endpoint: 'createPayment',
    summary: 'Nobody says who asks',
    as: 'nobody',
    request: {
      headers: {
        'Idempotency-Key': 'order-1004',
      },
      body: {
        amount: 10000,
        currency: 'CAD',
        payment_method: 'tok_approve',
      },
    },
    answer: {
      status: 401,
      body: {
        type: 'urn:paysaga:problem:unauthorized',
        title: 'The API key is missing or not valid',
        status: 401,
        detail: 'One Authorization header with a Bearer key is needed.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'unauthorized',
      },
    },
  },
  {
    name: 'invalid',
    endpoint: 'createPayment',
    summary: 'An amount that is no integer of minor units, and no currency',
    request: {
      headers: {
        'Idempotency-Key': 'order-1004',
      },
      body: {
        amount: '100.00',
        payment_method: 'tok_approve',
      },
    },
    answer: {
      status: 400,
      body: {
        type: 'urn:paysaga:problem:invalid_request',
        title: 'The request does not validate',
        status: 400,
        detail: 'Some of the request does not validate; see `errors`.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'invalid_request',
        errors: [
          {
            path: '/amount',
            message: 'must be an integer of minor units, from 1 to 10^12',
          },
          {
            path: '/currency',
            message: 'must be an ISO 4217 code, upper case',
          },
        ],
      },
    },
  },
  {
    name: 'no-idempotency-key',
    endpoint: 'createPayment',
    summary: 'A request that cannot be sent again safely',
    request: {
      body: {
        amount: 10000,
        currency: 'CAD',
        payment_method: 'tok_approve',
      },
    },
    answer: {
      status: 400,
      body: {
        type: 'urn:paysaga:problem:idempotency_key_required',
        title: 'Idempotency-Key is missing or not usable',
        status: 400,
        detail:
          'One Idempotency-Key header of 1 to 255 visible ASCII characters without commas is needed.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'idempotency_key_required',
        errors: [
          {
            path: 'Idempotency-Key',
            message: 'is missing, repeated or not of this form',
          },
        ],
      },
    },
  },
  {
    name: 'unknown-payment-method',
    endpoint: 'createPayment',
    summary: 'A token that no PSP of the stage has issued',
    request: {
      headers: {
        'Idempotency-Key': 'order-1004',
      },
      body: {
        amount: 10000,
        currency: 'CAD',
        payment_method: 'tok_of_nobody',
      },
    },
    answer: {
      status: 400,
      body: {
        type: 'urn:paysaga:problem:unknown_payment_method',
        title: 'No provider knows this payment method',
        status: 400,
        detail: 'No provider of this stage issued this token.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'unknown_payment_method',
        errors: [
          {
            path: '/payment_method',
            message: 'is not a token of a provider',
          },
        ],
      },
    },
  },
  {
    name: 'key-reused',
    endpoint: 'createPayment',
    summary: 'The key of another payment',
    request: {
      headers: {
        'Idempotency-Key': 'order-1001',
      },
      body: {
        amount: 9900,
        currency: 'CAD',
        payment_method: 'tok_approve',
        merchant_reference: 'order-1001',
        customer: {
          id: 'customer-42',
          name: 'Ada Example',
          email: 'ada@shop.example',
        },
        metadata: {
          cart: '7f3a',
        },
      },
    },
    answer: {
      status: 422,
      body: {
        type: 'urn:paysaga:problem:idempotency_key_reused',
        title: 'This Idempotency-Key was used with another body',
        status: 422,
        detail: 'The key was used with another body.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'idempotency_key_reused',
      },
    },
  },
  {
    name: 'reference-taken',
    endpoint: 'createPayment',
    summary: 'The order was paid for already',
    request: {
      headers: {
        'Idempotency-Key': 'order-1001-again',
      },
      body: {
        amount: 10000,
        currency: 'CAD',
        payment_method: 'tok_approve',
        merchant_reference: 'order-1001',
        customer: {
          id: 'customer-42',
          name: 'Ada Example',
          email: 'ada@shop.example',
        },
        metadata: {
          cart: '7f3a',
        },
      },
    },
    answer: {
      status: 409,
      body: {
        type: 'urn:paysaga:problem:merchant_reference_taken',
        title: 'Another payment has this merchant_reference',
        status: 409,
        detail: 'The merchant_reference belongs to another payment of this tenant.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'merchant_reference_taken',
        payment_id: order1001,
      },
    },
  },
  {
    name: 'no-such-payment',
    endpoint: 'getPayment',
    summary: 'An id of nobody, or of another tenant',
    request: {
      path: {
        payment_id: nobodys,
      },
    },
    answer: {
      status: 404,
      body: {
        type: 'urn:paysaga:problem:not_found',
        title: 'There is nothing here',
        status: 404,
        detail: 'There is no payment with this id.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'not_found',
      },
    },
  },
  {
    name: 'version-not-reached',
    endpoint: 'getPayment',
    summary: 'A version that the payment has not had',
    request: {
      path: {
        payment_id: order1001,
      },
      query: {
        min_version: '99',
      },
    },
    answer: {
      status: 409,
      headers: {
        'Retry-After': '1',
      },
      body: {
        type: 'urn:paysaga:problem:version_not_reached',
        title: 'What is asked for has not come to this version',
        status: 409,
        detail: 'It is at version 3.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'version_not_reached',
        version: 3,
      },
    },
  },
  {
    name: 'not-permitted',
    endpoint: 'resolveBreak',
    summary: 'What operators alone may do',
    request: {
      path: {
        break_id: nobodys,
      },
      body: {
        reason: 'seen at the PSP',
      },
    },
    answer: {
      status: 403,
      body: {
        type: 'urn:paysaga:problem:forbidden',
        title: 'The key may not do this',
        status: 403,
        detail: 'The key has not the scope operations:write.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'forbidden',
      },
    },
  },
];
