import '@mantine/core/styles.css';
import './theme/global.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (!root) {
  throw new Error('the page has no root');
}
// In another site's frame a click could be had by what lies over it; a host may not set the header.
if (window.top !== window.self) {
  throw new Error('the console is not to be shown in a frame');
}
createRoot(root).render(<App />);
