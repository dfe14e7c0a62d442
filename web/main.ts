import './look/tokens.css';
import './look/page.css';
import './app/app.ts';
import { startNavigation } from './app/navigation.ts';
import { startTheme } from './state/theme.ts';

startTheme();
startNavigation();
