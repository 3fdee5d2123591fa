# What is wrong with settings, files and address books, and what could not be done. Variables as in `problems.ftl`.

## Settings, line by line

not-toml = đây không phải TOML ({ $why }); hãy sửa dòng này, chưa có gì thay đổi.
settings-of-organisation = Cài đặt của tổ chức, dòng { $line }: { $text }
version-newer = `version` không phải 1: tệp có thể của Ringside mới hơn; phần hiểu được vẫn dùng.
popup-window-value = `popup_window` phải là true hoặc false; dùng false.
proxy-value = `proxy` phải là chuỗi như "http://proxy:3128".
ca-file-value = `ca_file` phải là đường dẫn của tệp PEM.
locked-value = `locked` phải là danh sách như ["proxy", "window.theme"].
section-table = `{ $name }` phải là bảng; hãy bắt đầu bằng [{ $same }].
row-table = một `{ $name }` bắt đầu bằng [[{ $same }]], trong ngoặc vuông kép.
row-left-out = `{ $name }` này bị bỏ qua cho đến khi được sửa.
misfit-used = `{ $key }` phải là { $known }; dùng giá trị mặc định.
misfit = `{ $key }` phải là { $known }.
what-one-of = một trong { $choices }
what-text = chuỗi trong dấu ngoặc kép
what-path = đường dẫn của tệp, trong dấu ngoặc kép
what-number = số nguyên, ít nhất 0
what-switch = true hoặc false
what-list = danh sách chuỗi, ví dụ ["a", "b"]
what-table = bảng, ví dụ { "{" } a = 1 { "}" }
what-number-30 = số, ví dụ 30
what-list-one-two = danh sách, ví dụ ["một", "hai"]
what-table-key = bảng, ví dụ { "{" } key = "value" { "}" }
what-text-quotes = chuỗi trong dấu ngoặc kép
what-texts-one-two = danh sách chuỗi, ví dụ ["một", "hai"]
what-channels-list = danh sách như ["voice:calls", "tickets:mine"]
what-servers-list = danh sách như ["wss://host:6899/"]
what-token-path = đường dẫn như /api/v1/realtime/token
what-header-or-query = header hoặc query
what-transports = auto, websocket, long-polling hoặc polling
what-me-table = bảng như { "{" } owner_id = "…", devices = ["…"], extension = "1001" { "}" }
what-time = giờ như 06:00
what-days = ngày như mon-fri
what-length = khoảng thời gian như 30m hoặc 8h, tối đa 7 ngày
what-percent = từ 100 đến 200
what-rule-number = số đầy đủ như "+842412345678", phần đầu như "+8470*", hoặc "hidden"
no-inline-account = tài khoản phải là bảng; hãy bắt đầu bằng [[account]].
account-brackets = tài khoản bắt đầu bằng [[account]], trong ngoặc vuông kép.
id-letters = `id` phải gồm a-z, 0-9 và -, ví dụ "work".
no-id = tài khoản không có `id`; hãy thêm, ví dụ id = "work".
same-id = tài khoản khác đã có `id` này; hãy đặt `id` riêng.
no-provider = tài khoản không có `provider`; hãy thêm một trong { $names }.
unknown-provider = không biết `provider` này; hãy dùng một trong { $names }.
unknown-provider-near = không biết `provider` này; có phải ý bạn là "{ $near }"?
popups-value = `popups` phải là "mine", "all" hoặc "none"; dùng "mine".
popups-value-short = `popups` phải là "mine", "all" hoặc "none".
popup-window-short = `popup_window` phải là true hoặc false.
country-value = `country` phải là hai chữ cái như "VN"; không hiểu các số thiếu mã quốc gia.
not-a-country = `country` "{ $country }" không phải quốc gia; hãy viết hai chữ cái như "VN".
prefixes-value = `strip_prefixes` phải là danh sách chuỗi như ["L0#"]; không được dùng.
secret-in-settings = `{ $key }` không thuộc chỗ này: hãy bỏ đi và chạy `ringside account sign-in { $id }`.
unknown-key = `{ $key }` không phải khóa đã biết và bị bỏ qua.
unknown-key-near = `{ $key }` không phải khóa đã biết và bị bỏ qua; có phải ý bạn là `{ $near }`?
no-such-setting = `{ $key }` không phải khóa đã biết; `ringside settings list` liệt kê các khóa.
no-such-table = `{ $name }` không phải bảng đã biết trong cài đặt.
not-a-table = `{ $name }` trong cài đặt không phải bảng; hãy sửa bằng tay.
fixed-value = Tổ chức của bạn đã cố định giá trị này; hãy hỏi người quản lý máy của bạn.
not-own-account = Tài khoản này không có trong cài đặt riêng của bạn hoặc không ở dạng bảng [[account]]; hãy sửa tệp bằng tay.
provider-not-known = Không biết nhà cung cấp của tài khoản này; hãy sửa cài đặt bằng tay.
accounts-no-list = `account` trong cài đặt không phải danh sách bảng [[account]]; hãy sửa bằng tay.
account-there = đã có tài khoản `{ $id }`; hãy chọn tên khác.
settings-unreadable = không đọc được tệp cài đặt: { $error }.
settings-left-alone = tệp cài đặt không phải TOML và được giữ nguyên; hãy sửa bằng tay: { $error }.
settings-unwritable = không ghi được tệp cài đặt: { $error }.
settings-not-utf8 = Cài đặt { $file } không phải văn bản UTF-8; hãy lưu ở dạng đó.
settings-no-read = Không đọc được cài đặt { $file }: { $error }.
call-which = Hãy cho biết cuộc gọi nào: mã, `last` hoặc văn bản cần tìm.
call-no-id = `{ $call }` không phải là mã của cuộc gọi nào; `ringside calls --json` cho biết các mã.
settings-organisation-unreadable = Không đọc được cài đặt của tổ chức { $file }; hãy hỏi quản trị viên của bạn: { $error }.
settings-reread = Không đọc được cài đặt nên những gì đã đặt trước đó vẫn có hiệu lực; hãy xem { $file }: { $error }.
no-home = Không có thư mục nhà; hãy dùng --config FILE.

## Values of accounts and tables

not-an-address = `{ $key }` không phải địa chỉ; hãy viết như https://host/path.
secret-in-address = `{ $key }` chứa mật khẩu hoặc mã; hãy đặt vào chùm khóa: `ringside account sign-in ID`.
not-encrypted = `{ $key }` không được mã hóa; hãy dùng https:// (http:// chỉ dành cho máy này).
begin-https = `{ $key }` phải bắt đầu bằng https://.
begin-wss = `{ $key }` phải bắt đầu bằng wss://.
not-empty = `{ $key }` không được để trống.
firehose-no-url = Thiếu `url`; hãy viết địa chỉ nhà cung cấp, ví dụ https://pbx.example.com:9443.
firehose-no-domain = Thiếu `domain`; hãy viết tên hoặc realm của tài khoản dùng để đăng nhập.
firehose-secret = Thông tin bí mật không có `username` và `password`; hãy đăng nhập lại.
firehose-me-key = `me` không có `{ $key }`; chỉ có owner_id, devices và extension.
firehose-me-text = `{ $key }` trong `me` phải là chuỗi trong dấu ngoặc kép.
firmafon-secret = Thông tin bí mật không có `access_token`; hãy đăng nhập lại.
nguc-zone = Máy này không biết `time_zone`; hãy viết tên như Europe/Stockholm hoặc quy tắc như CET-1CEST,M3.5.0,M10.5.0/3.
nguc-secret = Thông tin bí mật không có mật khẩu hay mã; hãy đăng nhập lại.
event-map-fault = Tệp `event_map` có lỗi ở { $place }
semaswift-secret = Thông tin bí mật không có mã truy cập cũng không có e-mail và mật khẩu; hãy đăng nhập lại.
secret-unreadable = Không đọc được thông tin bí mật; hãy đăng nhập lại.
stringee-api-key = Đây có vẻ là khóa API của Stringee; nó thuộc về máy chủ của tổ chức, nơi tạo mã: hãy đưa mã hoặc mật khẩu của địa chỉ cấp mã.
stringee-no-token-url = Thiếu `token_url`; hãy ghi nơi tổ chức cấp mã hoặc đăng nhập bằng mã.
stringee-authorization = Không gửi được Authorization: có ký tự không được phép trong tiêu đề; hãy đăng nhập lại.
let-through-value = `let_through` phải chứa số đầy đủ kèm mã quốc gia, ví dụ +84 24 1234 5678.
schedule-value = `{ $wrong }` trong `schedule` không phải ngày và giờ; hãy viết như mon-fri 17:00-08:00.
schedule-always = `schedule` phải chừa lại thời gian không bật không làm phiền; hãy rút ngắn.
rule-nothing = quy tắc không làm gì; hãy thêm alert = "show", alert = "quiet", sound hoặc popup.
hotkey-value = `{ $key }` không phải phím tắt; hãy viết phím bổ trợ và một phím, ví dụ Ctrl+Alt+D.
crm-host = `crm_url` phải nêu một máy chủ; hãy đặt các trường phía sau, ví dụ https://host/search?q={ "{" }number{ "}" }.
crm-fields = `crm_url` có thể có các trường { "{" }number{ "}" }, { "{" }digits{ "}" }, { "{" }name{ "}" }, { "{" }line{ "}" } và { "{" }account{ "}" }, không có dấu ngoặc nhọn nào khác.
crm-nothing = `crm_url` không nói gì về người gọi; hãy viết { "{" }number{ "}" } ở chỗ của số.
crm-address = `crm_url` không phải địa chỉ; hãy viết như https://host/search?q={ "{" }number{ "}" }.
proxy-unusable = Không dùng được `proxy` trong cài đặt; hãy viết như http://máy:cổng.
ca-file-unusable = Không dùng được `ca_file` ({ $file }): { $known }; hãy ghi một tệp PEM.
ca-file-error = Không dùng được `ca_file` ({ $file }): { $why }; hãy ghi một tệp PEM.
what-not-pem = tệp không ở dạng PEM
what-no-certificate = tệp không có chứng chỉ nào
what-bad-certificate = không đọc được một chứng chỉ trong tệp
tls-unusable = Không dùng được TLS: { $error }.
key-file-unreadable = Không đọc được tệp mà `{ $key }` ghi ({ $error }); hãy sửa đường dẫn.

## Address books

carddav-unasked = Không hỏi được sổ địa chỉ trên máy chủ ({ $detail }); sẽ thử lại sau.
carddav-odd = Sổ địa chỉ trên máy chủ trả lời không phải XML; hãy kiểm tra `carddav_url`.
carddav-password = Sổ địa chỉ trên máy chủ từ chối mật khẩu; hãy chạy `ringside contacts sign-in`.
carddav-nowhere = Không thấy sổ địa chỉ trên máy chủ; hãy kiểm tra `carddav_url`.
carddav-status = Sổ địa chỉ trên máy chủ trả lời với mã { $status }; sẽ thử lại sau.
carddav-waits = Sổ địa chỉ trên máy chủ chờ đến khi sửa xong cài đặt mạng.
carddav-user = `carddav_url` cần `carddav_user` bên cạnh trong [contacts].
carddav-no-password = Không lấy được mật khẩu của sổ địa chỉ trên máy chủ; hãy chạy `ringside contacts sign-in`.
carddav-odd-secret = Không hiểu mục của sổ địa chỉ trong chùm khóa; hãy chạy `ringside contacts sign-in`.
book-useless = { $source } không có liên hệ nào dùng được; `ringside contacts check FILE` cho biết lý do.
no-book = { $file } không phải sổ địa chỉ; hãy ghi tệp .vcf hoặc .csv trong [contacts].
book-unreadable = Không đọc được sổ địa chỉ { $file } ({ $error }); hãy sửa `files` trong [contacts].
card-name-cut = tên dài hơn 200 ký tự và đã bị cắt
card-no-name = không có tên
card-no-number = không có số
card-bad-number = phần ghi là số không phải số
card-too-many = có hơn 500.000 liên hệ
card-one-bad-number = một trong các số không hợp lệ; các số khác vẫn dùng
row-unreadable = không đọc được dòng này
no-columns = không có cột nào tên như tên, hoặc không có cột nào như điện thoại
not-a-card = không thuộc thẻ nào
card-open-next = thẻ không có phần kết; dùng phần trước thẻ kế tiếp
card-open = thẻ không có phần kết; dùng phần hiện có

## What was asked for

favourites-not-kept = Không lưu được mục yêu thích trong { $file }: { $error }.
favourites-unreadable = Không đọc được mục yêu thích: { $error }; hãy sửa hoặc xóa tệp.
no-such-queue = Không có hàng đợi này; `ringside status` liệt kê các hàng đợi.
account-name-letters = Tên tài khoản gồm a-z, 0-9 và -; hãy chọn tên như vậy.
no-known-provider = `{ $name }` không phải nhà cung cấp đã biết.
not-of-provider = `{ $key }` không phải cài đặt của nhà cung cấp này; xem `ringside settings schema`.
not-quiet = Người gọi này không bị im lặng; `ringside quiet list` cho biết ai đang bị.
no-crm = Không có địa chỉ để tra cứu người gọi; hãy đặt `crm_url` trong [alerts].
share-length = Chia sẻ màn hình ít nhất một phút và nhiều nhất một ngày; hãy chọn thời gian như vậy.
no-such-colleague = Không có đồng nghiệp này; `ringside people --json` cho biết mã của mọi người.
history-no-such-call = Không có cuộc gọi này trong lịch sử; `ringside calls` liệt kê các cuộc gọi.
calls-not-saved = Không lưu được cuộc gọi vào { $folder }: { $error }.
no-folder-for-calls = Người dùng này không có thư mục để lưu cuộc gọi; hãy dùng `ringside calls --export`.
no-store-here = Ở đây không có gì giữ cuộc gọi; hãy dùng `ringside agent`.
no-desktop = Không có màn hình làm việc để mở cửa sổ.
not-ready = Tài khoản chưa sẵn sàng.
state-unwritable = Không ghi được { $file } trong thư mục trạng thái ({ $error }); hãy giải phóng chỗ hoặc sửa quyền.
request-odd = Không hiểu yêu cầu này; xem quy ước.
demo-no-secrets = Bản demo không giữ thông tin bí mật.
dnd-memory = Không đọc được phần nhớ của không làm phiền (dnd.json trong thư mục trạng thái) nên giữ nguyên; hãy xóa tệp và xem không làm phiền có đang bật trong các tài khoản không.
dnd-quiet-here = Ở đây im lặng, nhưng chưa phải mọi nơi, sẽ thử lại: { $account }: { $text }
dnd-off-here = Ở đây đã tắt, nhưng chưa phải mọi nơi, sẽ thử lại: { $account }: { $text }
no-hotkeys-bound = Máy không nhận phím tắt; hãy cho phép trong cài đặt hoặc ghi phím khác trong [hotkeys].
keyring-no-text = Nội dung chùm khóa giữ cho tài khoản này không phải văn bản; hãy đăng nhập lại.
credentials-id = Mã tài khoản chỉ gồm a-z, 0-9 và -; hãy đặt mã khác.
credentials-unwritten = Ringside không ghi vào { $folder }; hãy tự sửa { $file } rồi khởi động lại Ringside.
credentials-no-folder = Không có thư mục { $folder }; hãy ghi thư mục có sẵn bằng --credentials.
credentials-unreadable = Không đọc được { $file } ({ $error }); hãy đặt bạn làm chủ, với quyền 600.
credentials-long = { $file } quá dài; chỉ đặt phần JSON ở đó.
credentials-no-json = { $file } không có JSON; hãy viết vào đó, ví dụ { "{" }"access_token":"…"{ "}" }.
credentials-unexamined = Không kiểm tra được { $file }; hãy đặt bạn làm chủ, với quyền 600.
credentials-no-file = { $file } không phải tệp; hãy đặt một tệp ở đó.
credentials-foreign = { $file } thuộc về người khác; hãy đặt bạn làm chủ, với quyền 600.
credentials-open = Người khác đọc được { $file }; hãy chạy `chmod 600` cho tệp.

## Why a call was shown or not, in other words

why-rule-says = có quy tắc như vậy
why-same = cùng cuộc gọi với { $call }
why-same-shown = cùng cuộc gọi với một cuộc đã hiện
why-desktop-quiet = { $text }; chế độ không làm phiền của máy đang bật

## A window that is not drawn

no-resident = Phần thường trú của Ringside không chạy; hãy mở lại Ringside.
window-blank = Không hiện được cửa sổ Ringside
window-blank-why = Bộ hiển thị web của máy không vẽ được. Cuộc gọi vẫn được báo; hãy dùng khay hoặc `ringside status` và `ringside doctor` trong terminal.
