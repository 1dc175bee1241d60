import { useParams } from 'react-router';
import { ForOperators } from '../../components/approval/for-operators.tsx';
import { Page } from '../../components/page.tsx';
import { useSession } from '../../session/session.ts';
import { LetterPage } from './letter.tsx';
import { QueuesPage } from './queues.tsx';

/** What could not be done, or one letter of it: for who operates the stage. */
export default function DeadLetters() {
  const { operator } = useSession();
  const { id } = useParams();
  if (!operator) {
    return (
      <Page title="Dead letters">
        <ForOperators what="What could not be done" />
      </Page>
    );
  }
  return id ? <LetterPage key={id} id={id} /> : <QueuesPage />;
}
