// breaks: nobody-imports-the-launcher, platform-knows-no-module
import '../launch/launcher.mjs';
