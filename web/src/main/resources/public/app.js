// Registers what index.html uses; each component imports the components it is made of.
import './components/header/header.js';
import './components/notices/notices.js';
import './components/invitation/invitation.js';
import './components/sign-in/sign-in.js';
import './components/ask/ask.js';
import './components/search/search.js';
import './components/documents/documents.js';
import './components/place/place.js';
import './components/footer/footer.js';
import './components/shortcuts/shortcuts.js';
import { route } from './route.js';

// Views that few go to are loaded when somebody does.
function visit() {
  if (route.view === 'manage') import('./components/manage/manage.js');
  if (route.view === 'sheet') import('./components/sheet/sheet.js');
}

route.addEventListener('change', visit);
visit();
