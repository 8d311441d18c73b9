// breaks: nobody-imports-migrations, platform-knows-no-module
import '../migrations/1764000000000-first.js';
