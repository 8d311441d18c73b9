// breaks: platform-knows-no-module
import '#modules/identity';
