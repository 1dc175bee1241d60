import { CloseButton, Group, Modal, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/**
 * A dialog that is open for as long as it is there. Only what says so closes it: never a click beside
 * it, which would throw away what was typed.
 */
export function Dialog({
  title,
  onClose,
  closesOnEscape = true,
  children,
}: {
  readonly title: string;
  /** Null while it cannot be closed. */
  readonly onClose: (() => void) | null;
  readonly closesOnEscape?: boolean;
  readonly children: ReactNode;
}) {
  const close = () => onClose?.();
  return (
    <Modal.Root
      opened
      onClose={close}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={closesOnEscape && onClose !== null}
    >
      <Modal.Overlay />
      <Modal.Content p={0} aria-label={title}>
        <Modal.Body p="md">
          <Group justify="space-between" align="flex-start" wrap="nowrap" mb="md">
            <Title order={2} className="ps-break">
              {title}
            </Title>
            {onClose && <CloseButton aria-label="Close the dialog" onClick={close} />}
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
