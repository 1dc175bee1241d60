import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '../../session/session.ts';
import { SecretForm } from './secret-form.tsx';
import { eventsOf } from './words.ts';

/** Registers an endpoint. */
export function CreateDialog({ onClose }: { readonly onClose: () => void }) {
  const { client } = useSession();
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState('');
  const [description, setDescription] = useState('');
  const types = eventsOf(events);
  return (
    <SecretForm
      title="Add an endpoint"
      label="Add"
      isReady={URL.canParse(url.trim())}
      onClose={onClose}
      act={() =>
        client.webhookEndpoints.create({
          url: url.trim(),
          ...(types.length > 0 ? { events: [...types] } : {}),
          ...(description.trim() === '' ? {} : { description: description.trim() }),
        })
      }
    >
      <TextInput
        label="URL"
        description="https, of a host on the internet. The local stage takes http://127.0.0.1 as well."
        placeholder="https://shop.example.com/hooks"
        type="url"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        maxLength={2_048}
        required
        data-autofocus
      />
      <Textarea
        label="Events"
        description="Types such as payment.captured, with blanks between. All when empty."
        value={events}
        onChange={(event) => setEvents(event.currentTarget.value)}
        autosize
        minRows={2}
        spellCheck={false}
      />
      <TextInput
        label="Description"
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        maxLength={200}
      />
    </SecretForm>
  );
}
