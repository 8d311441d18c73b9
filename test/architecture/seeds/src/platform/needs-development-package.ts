// breaks: no-development-package
import 'fast-check';
