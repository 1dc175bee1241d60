import '@mantine/charts/styles.css';

/** With their styles, which only pages that have a chart need. */
export { BarChart, LineChart } from '@mantine/charts';
