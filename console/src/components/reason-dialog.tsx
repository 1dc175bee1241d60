import { Button, Checkbox, Group, type MantineColor, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { ApprovalField } from './approval/approval-field.tsx';
import { approvalIdPattern, isApprovalMissing } from './approval/approvals.ts';
import { Dialog } from './approval/dialog.tsx';
import {
  isReason,
  operatorReason,
  ReasonField,
  type ReasonLength,
} from './approval/reason-field.tsx';
import { Failure } from './failure.tsx';

/** What somebody gave to have an act done. */
interface Given {
  readonly reason: string;
  /** Of another operator, where one was asked for. */
  readonly approvalId: string | undefined;
  /** The same for as long as the dialog is open: pressed again, it is the same act. */
  readonly idempotencyKey: string;
}

interface ReasonDialogProps<T> {
  readonly title: string;
  /** What the act comes to, and what else it asks for. */
  readonly children?: ReactNode;
  /** Of the button that does it. */
  readonly label: string;
  readonly color?: MantineColor;
  readonly length?: ReasonLength;
  /** What has to be ticked first, for what is dangerous. */
  readonly confirm?: string;
  /** For an act that can need another operator's approval: whether it does, as far as one can tell. */
  readonly approval?: { readonly isNeeded: boolean; readonly where: string };
  /** False while something else that is asked for is missing. */
  readonly isReady?: boolean;
  readonly act: (given: Given) => Promise<T>;
  /** What came of it, in the place of the form. */
  readonly done: (result: T) => ReactNode;
  /** Told whether it was done. */
  readonly onClose: (isDone: boolean) => void;
}

/**
 * Asks for the reason of an act that is kept on record, has it done, and shows what came of it. It is
 * open for as long as it is there. A refusal for want of an approval asks for one, and says how to get
 * it.
 */
export function ReasonDialog<T>(props: ReasonDialogProps<T>) {
  const { title, label, color, act, done, isReady = true, length = operatorReason } = props;
  const [reason, setReason] = useState('');
  const [approvalId, setApprovalId] = useState('');
  const [isConfirmed, setConfirmed] = useState(false);
  const key = useRef(crypto.randomUUID());
  const [isAsked, setAsked] = useState(props.approval?.isNeeded ?? false);
  const mutation = useMutation({
    mutationFn: act,
    onError: (error) => setAsked((before) => before || isApprovalMissing(error)),
  });
  const id = approvalId.trim();
  const asksApproval = props.approval !== undefined && isAsked;
  const isBad = id !== '' && !approvalIdPattern.test(id);
  const isGiven =
    isReason(reason, length) &&
    !isBad &&
    isReady &&
    (props.confirm === undefined || isConfirmed) &&
    (!asksApproval || id !== '');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isGiven && !mutation.isPending) {
      mutation.mutate({
        reason: reason.trim(),
        approvalId: id || undefined,
        idempotencyKey: key.current,
      });
    }
  };
  const close = () => props.onClose(mutation.isSuccess);

  return (
    <Dialog title={title} onClose={close}>
      {mutation.isSuccess ? (
        <Stack>
          <div role="status">{done(mutation.data)}</div>
          <Group justify="flex-end">
            <Button onClick={close} data-autofocus>
              Close
            </Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            {props.children}
            <ReasonField value={reason} onChange={setReason} length={length} />
            {asksApproval && (
              <ApprovalField
                where={props.approval?.where ?? ''}
                value={approvalId}
                onChange={setApprovalId}
                isBad={isBad}
              />
            )}
            {props.confirm !== undefined && (
              <Checkbox
                label={props.confirm}
                checked={isConfirmed}
                onChange={(event) => setConfirmed(event.currentTarget.checked)}
              />
            )}
            {mutation.isError && <Failure error={mutation.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button
                type="submit"
                {...(color ? { color } : {})}
                loading={mutation.isPending}
                disabled={!isGiven}
              >
                {label}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
