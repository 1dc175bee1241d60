import { Button, Collapse, Group, Paper, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { currencies } from '../../../../shared/domain/money/currency.ts';
import { transitions } from '../../../../shared/domain/payment/state.ts';
import { amountOf, amountText, type Filters, isPaymentId, timeInput, timeOf } from './filters.ts';

const statuses = Object.keys(transitions).map((value) => ({
  value,
  label: value.replaceAll('_', ' '),
}));
const rare = ['customer', 'amount_min', 'amount_max', 'created_from', 'created_to'] as const;

/** What the list is narrowed by. Choosing applies at once, and typing with Enter. */
export function FilterForm({
  filters,
  onChange,
}: {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}) {
  const navigate = useNavigate();
  const rareCount = rare.filter((name) => filters[name]).length;
  const [opened, { toggle }] = useDisclosure(rareCount > 0);
  const [wrong, setWrong] = useState<string | null>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const text = (name: string) => String(typed.get(name) ?? '').trim();
    if (isPaymentId(text('merchant_reference'))) {
      navigate(`/payments/${text('merchant_reference').toLowerCase()}`);
      return;
    }
    try {
      const { currency } = filters;
      onChange({
        ...filters,
        merchant_reference: text('merchant_reference'),
        customer: text('customer'),
        amount_min: amountOf(text('amount_min'), currency),
        amount_max: amountOf(text('amount_max'), currency),
        created_from: timeOf(text('created_from')),
        created_to: timeOf(text('created_to')),
      });
      setWrong(null);
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error));
    }
  };

  const unit = filters.currency ?? 'minor';
  return (
    // What is in the address is what is typed: it begins anew with it.
    <Paper component="form" p="sm" onSubmit={submit} key={JSON.stringify(filters)} role="search">
      <Group gap="sm" align="flex-end">
        <TextInput
          name="merchant_reference"
          label="Reference or payment id"
          leftSection={<IconSearch size={15} aria-hidden />}
          defaultValue={filters.merchant_reference ?? ''}
          flex="1 1 220px"
        />
        <Select
          label="Status"
          placeholder="Any"
          data={statuses}
          value={filters.status ?? null}
          onChange={(status) => onChange({ ...filters, status: status ?? '' })}
          clearable
          clearButtonProps={{ 'aria-label': 'Any status' }}
          flex="1 1 130px"
          maw={190}
        />
        <Select
          label="Currency"
          placeholder="Any"
          data={currencies}
          value={filters.currency ?? null}
          // An amount is typed in a currency: of another one it would be another amount.
          onChange={(currency) =>
            onChange({ ...filters, currency: currency ?? '', amount_min: '', amount_max: '' })
          }
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Any currency' }}
          flex="1 1 100px"
          maw={130}
        />
        <Button
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={15} aria-hidden />}
          aria-expanded={opened}
          aria-controls="more-filters"
          onClick={toggle}
        >
          More{rareCount > 0 ? ` (${rareCount})` : ''}
        </Button>
        <Button type="submit">Filter</Button>
        {Object.keys(filters).length > 0 && (
          <Button variant="subtle" color="gray" onClick={() => onChange({})}>
            Clear
          </Button>
        )}
      </Group>
      <Collapse expanded={opened} id="more-filters">
        <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} spacing="sm" mt="sm">
          <TextInput
            name="amount_min"
            label={`Amount from (${unit})`}
            inputMode="decimal"
            defaultValue={amountText(filters.amount_min, filters.currency)}
            error={wrong}
          />
          <TextInput
            name="amount_max"
            label={`Amount to (${unit})`}
            inputMode="decimal"
            defaultValue={amountText(filters.amount_max, filters.currency)}
          />
          <TextInput
            name="created_from"
            label="Created from (UTC)"
            type="datetime-local"
            defaultValue={timeInput(filters.created_from)}
          />
          <TextInput
            name="created_to"
            label="Created to (UTC)"
            type="datetime-local"
            defaultValue={timeInput(filters.created_to)}
          />
          <TextInput name="customer" label="Customer" defaultValue={filters.customer ?? ''} />
        </SimpleGrid>
      </Collapse>
    </Paper>
  );
}
